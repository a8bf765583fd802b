using Outrider.Grains.Diagnosis.Cells;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>What has been asked so far and how it went, in the order of asking.</summary>
public sealed class Evidence(IReadOnlyList<StatementResult> results)
{
    private readonly Dictionary<string, StatementResult> _byId = results.ToDictionary(result => result.Id);

    public static Evidence None { get; } = new([]);

    public IReadOnlyList<StatementResult> Results { get; } = results;

    /// <summary>Whether the statement has been dealt with, well or not.</summary>
    public bool Has(string id) => _byId.ContainsKey(id);

    /// <summary>Whether it brought an answer, be it without rows or not all of its columns.</summary>
    public bool Answered(string id) => _byId.TryGetValue(id, out var result) && result.Rows is not null;

    /// <summary>How it went; null if it hasn't been asked.</summary>
    public StatementResult? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The rows of its answer; none when there is no answer.</summary>
    public IEnumerable<Row> Rows(string id)
    {
        var table = Find(id)?.Rows;
        for (var i = 0; i < (table?.Rows.Count ?? 0); i++)
            yield return new Row(id, table!, i); // not null: its rows are being counted
    }

    /// <summary>The first cell of its first row, for statements of one value.</summary>
    public string? Value(string id) => Find(id)?.Rows is { Rows: [[var cell, ..], ..] } ? Cell.Text(cell) : null;

    public Evidence With(IEnumerable<StatementResult> more) => new([.. Results, .. more]);
}
