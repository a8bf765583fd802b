namespace Outrider.Grains.Diagnosis;

/// <summary>The cell that a finding stands on.</summary>
/// <param name="Statement">Id of the statement, as in <see cref="EvidenceItem.Id"/>.</param>
/// <param name="Row">What names the row, such as a node's address or <c>db.table.partition</c>.</param>
/// <param name="Column">The column.</param>
/// <param name="Value">The cell as the database gave it.</param>
/// <param name="Threshold">What it was held against; null if nothing.</param>
public sealed record EvidenceRow(string Statement, string Row, string Column, string Value, string? Threshold);
