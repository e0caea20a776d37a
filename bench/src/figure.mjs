/** Prints figures as they are measured: a table line for a person, a JSON line for a machine. Ratio above 1: better than the peer. */
export function printer(json) {
  return (name, figure, value, unit, peer = null, ratio = null) => {
    const round = (number) => (number === null ? null : Number(number.toPrecision(4)));
    const row = {
      name,
      figure,
      value: round(value),
      unit,
      peer: peer === null ? null : round(peer),
      ratio: round(ratio),
    };
    if (json) console.log(JSON.stringify(row));
    else {
      const beside = peer === null ? '' : `   peer ${row.peer} ${unit}   ratio ${row.ratio}`;
      console.log(`${name}  ${figure.padEnd(44)} ${String(row.value).padStart(10)} ${unit}${beside}`);
    }
  };
}
