using System.Globalization;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.MySql.Server;
using Outrider.Samples.DemoStarRocks.Scenarios;
using Outrider.Samples.DemoStarRocks.Sql;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>Evaluates a SELECT on a table, or on nothing.</summary>
/// <param name="functions">Values of functions without arguments and of @@variables, by name in lower case.</param>
public sealed class SelectEvaluator(IReadOnlyDictionary<string, string?> functions)
{
    private static readonly ColumnDefinitionPayload s_number =
        new() { Name = "", Type = ColumnType.LongLong, CharacterSet = CharacterSets.Binary, Length = 20 };

    private static readonly ColumnDefinitionPayload s_text =
        new() { Name = "", CharacterSet = CharacterSets.Utf8, Length = 3072 };

    /// <summary>The result, or StarRocks' error.</summary>
    /// <param name="select">The statement.</param>
    /// <param name="table">Its table; a table of one row without columns when it has none.</param>
    public QueryReply Evaluate(SelectStatement select, ResultTable table)
    {
        if (FindError(select, table) is { } error)
            return error;
        var rows = Filter(select, table);
        if (select.Items.Any(item => item.Kind == SelectItemKind.Count))
            return Reply(select.Items, table, rows.Count, [[]]);
        return Reply(select.Items, table, rows.Count, rows.Take(select.Limit));
    }

    private QueryReply? FindError(SelectStatement select, ResultTable table)
    {
        var hasCount = select.Items.Any(item => item.Kind == SelectItemKind.Count);
        foreach (var item in select.Items)
        {
            if (item.Kind == SelectItemKind.Column && (hasCount || table.IndexOf(item.Token.Value) < 0))
                return StarRocksErrors.UnknownColumn(item.Token);
            if (item.Kind == SelectItemKind.AllColumns && (hasCount || table.Columns.Count == 0))
                return StarRocksErrors.UnknownColumn(item.Token);
            if (item.Kind == SelectItemKind.Function && !functions.ContainsKey(item.Token.Value.ToLowerInvariant()))
                return StarRocksErrors.UnknownFunction(item.Token);
        }
        var names = select.Conditions.Select(condition => condition.Column).Concat(select.Order.Select(order => order.Column));
        foreach (var name in names.Where(name => table.IndexOf(name.Value) < 0))
            return StarRocksErrors.UnknownColumn(name);
        return null;
    }

    private static List<IReadOnlyList<string?>> Filter(SelectStatement select, ResultTable table)
    {
        var rows = table.Rows
            .Where(row => select.Conditions.All(condition => condition.IsMetBy(row[table.IndexOf(condition.Column.Value)])));
        var comparer = Comparer<string?>.Create(CellComparer.Compare);
        // Sorting by the last key first: the sort is stable.
        foreach (var (column, isDescending) in select.Order.Reverse())
        {
            var index = table.IndexOf(column.Value);
            rows = isDescending ? rows.OrderByDescending(row => row[index], comparer) : rows.OrderBy(row => row[index], comparer);
        }
        return [.. rows];
    }

    private QueryReply.ResultSet Reply(
        IReadOnlyList<SelectItem> items, ResultTable table, int count, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var columns = items.SelectMany(item => Columns(item, table)).ToList();
        var cells = rows.Select(row => (IReadOnlyList<string?>)[.. items.SelectMany(item => Cells(item, table, row, count))]);
        return new(columns, cells.ToAsyncEnumerable());
    }

    private static IEnumerable<ColumnDefinitionPayload> Columns(SelectItem item, ResultTable table) => item.Kind switch
    {
        SelectItemKind.AllColumns => table.Columns,
        SelectItemKind.Column => [table.Columns[table.IndexOf(item.Token.Value)] with { Name = item.Header }],
        SelectItemKind.Count => [s_number with { Name = item.Header }],
        SelectItemKind.Literal when item.Token.Kind == TokenKind.Number => [s_number with { Name = item.Header }],
        _ => [s_text with { Name = item.Header }],
    };

    private IEnumerable<string?> Cells(SelectItem item, ResultTable table, IReadOnlyList<string?> row, int count) => item.Kind switch
    {
        SelectItemKind.AllColumns => row,
        SelectItemKind.Column => [row[table.IndexOf(item.Token.Value)]],
        SelectItemKind.Count => [count.ToString(CultureInfo.InvariantCulture)],
        SelectItemKind.Function => [functions[item.Token.Value.ToLowerInvariant()]],
        _ => [item.Token.Value],
    };
}
