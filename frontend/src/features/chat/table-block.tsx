import type { TableBlock as Table } from "@/lib/types";

export function TableBlock({ block }: { block: Table }) {
  return (
    <figure className="grid gap-2">
      <figcaption className="font-display font-extrabold">{block.title}</figcaption>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key={index} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={index}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
