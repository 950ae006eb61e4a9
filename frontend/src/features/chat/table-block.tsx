import type { TableBlock as Table } from "@/lib/types";

export function TableBlock({ block }: { block: Table }) {
  return (
    <figure className="grid gap-2">
      <figcaption className="font-display font-extrabold">{block.title}</figcaption>
      <div className="table-scroll" role="group" aria-label={block.title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {block.columns.map((column, index) =>
                column ? (
                  <th key={index} scope="col">
                    {column}
                  </th>
                ) : (
                  <td key={index} />
                ),
              )}
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
