export interface Elements { a: number; e: number; i: number; raan: number; argp: number; M: number }
export interface StateVector { position: number[]; speed: number; h: number }
