import unit from 'unitmath';

export const umLength = (x) => unit(x, 'mile').to('km').getValue?.() ?? unit(x, 'mile').to('km').value;
export const umPower = (x) => unit(x, 'kW h').div(unit('2 s')).to('W').value;
