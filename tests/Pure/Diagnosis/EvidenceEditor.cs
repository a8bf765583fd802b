using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Testing.Scenarios;

namespace Outrider.Tests.Pure.Diagnosis;

/// <summary>Takes a scenario's evidence and changes single cells, columns or statements of it.</summary>
internal sealed class EvidenceEditor
{
    private EvidenceBundle _bundle;

    public EvidenceEditor(Expert expert, string scenario) =>
        _bundle = ExpertRun.Gather(expert, Scenario.Load(scenario, new DateTime(2026, 1, 10, 11, 30, 4)));

    public EvidenceBundle Bundle => _bundle;

    public DiagnosisReport Report => ReportFactory.Reanalyse(_bundle).Value!;

    public EvidenceEditor Set(string statement, int row, string column, string? value) => Change(statement, table =>
        new RowTable(table.Columns, [.. table.Rows.Select((cells, i) => i == row ? With(table, cells, column, value) : cells)]));

    public EvidenceEditor SetAll(string statement, string column, string? value) => Change(statement, table =>
        new RowTable(table.Columns, [.. table.Rows.Select(cells => With(table, cells, column, value))]));

    public EvidenceEditor Clear(string statement) => Change(statement, table => new RowTable(table.Columns, []));

    public EvidenceEditor Fail(string statement) => Replace(statement, result => new StatementResult
    {
        Id = result.Id,
        Sql = result.Sql,
        Problem = new Problem(ProblemCodes.SqlFailed, "1227 (42000): Access denied; you need the OPERATE privilege."),
    });

    public EvidenceEditor DropColumn(string statement, string column) => Change(statement, table =>
    {
        var keep = Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Name != column).ToList();
        return new RowTable([.. keep.Select(i => table.Columns[i])], [.. table.Rows.Select(cells => keep.Select(i => cells[i]).ToArray())]);
    });

    public EvidenceEditor Truncate(string statement) => Replace(statement, result => result with { Truncated = true });

    /// <summary>Every cell of every statement through a function.</summary>
    public EvidenceEditor EachCell(Func<string?, string?> change)
    {
        foreach (var statement in _bundle.Statements.Where(statement => statement.Rows is not null).ToList())
            Change(statement.Id, table => new RowTable(table.Columns, [.. table.Rows.Select(cells => cells.Select(change).ToArray())]));
        return this;
    }

    private EvidenceEditor Change(string statement, Func<RowTable, RowTable> change) =>
        Replace(statement, result => result with { Rows = change(result.Rows!) });

    private EvidenceEditor Replace(string statement, Func<StatementResult, StatementResult> change)
    {
        Assert.Contains(_bundle.Statements, result => result.Id == statement);
        _bundle = _bundle with { Statements = _bundle.Statements.ConvertAll(result => result.Id == statement ? change(result) : result) };
        return this;
    }

    private static string?[] With(RowTable table, string?[] cells, string column, string? value)
    {
        var at = table.Columns.ToList().FindIndex(c => c.Name.Equals(column, StringComparison.OrdinalIgnoreCase));
        Assert.True(at >= 0, $"no column {column}");
        var copy = (string?[])cells.Clone();
        copy[at] = value;
        return copy;
    }
}
