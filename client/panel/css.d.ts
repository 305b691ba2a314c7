/** The bundler writes imported style sheets beside the script. */
declare module '*.css';

/** The text of a script with all that it imports, for a worker. */
declare module '*?bundled' {
  const text: string;
  export default text;
}
