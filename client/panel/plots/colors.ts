/** The theme's colours, for what is drawn on a canvas. */

export interface Colors {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly line: string;
  readonly primal: string;
  readonly tangent: string;
  readonly adjoint: string;
  readonly font: string;
}

export function colorsOf(element: Element): Colors {
  const style = getComputedStyle(element);
  const variable = (name: string, fallback: string): string => {
    const value = style.getPropertyValue(name).trim();
    return value === '' ? fallback : value;
  };
  const foreground = style.color;
  return {
    background: variable('--vscode-editor-background', 'transparent'),
    foreground,
    muted: variable('--vscode-descriptionForeground', foreground),
    line: variable('--vscode-panel-border', variable('--vscode-contrastBorder', foreground)),
    primal: variable('--vscode-gradlens-primal', foreground),
    tangent: variable('--vscode-gradlens-tangent', foreground),
    adjoint: variable('--vscode-gradlens-adjoint', foreground),
    font: `11px ${variable('--vscode-font-family', 'sans-serif')}`,
  };
}

/** Calls back when VS Code has changed the theme, which it does by attributes of the page. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  observer.observe(document.body, { attributeFilter: ['class'] });
}
