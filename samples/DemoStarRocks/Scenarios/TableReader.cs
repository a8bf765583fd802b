using System.Text.Json;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>Turns columns and rows of a scenario file into a table, and says what is wrong with them.</summary>
internal static class TableReader
{
    /// <exception cref="InvalidDataException">Rows and columns don't fit.</exception>
    public static ResultTable Read(ScenarioFile.TableEntry entry, string where)
    {
        var names = entry.Columns ?? KeysOfFirstRow(entry, where);
        if (names.Count == 0 || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
            throw new InvalidDataException($"{where}: give 'columns', each name once.");
        foreach (var name in entry.Types.Keys.Except(names))
            throw new InvalidDataException($"{where}: 'types' names '{name}', which isn't a column.");
        if (entry.LatencyMs is < 0 or > 3_600_000)
            throw new InvalidDataException($"{where}: 'latency_ms' must be 0 to 3600000.");
        var columns = names.ConvertAll(name => Column(name, entry.Types.GetValueOrDefault(name, "VARCHAR"), where));
        var rows = entry.Rows.Select((row, i) => Row(row, names, $"{where}: row {i + 1}")).ToList();
        return new(columns, rows, TimeSpan.FromMilliseconds(entry.LatencyMs));
    }

    private static List<string> KeysOfFirstRow(ScenarioFile.TableEntry entry, string where) =>
        entry.Rows is [{ ValueKind: JsonValueKind.Object } first, ..]
            ? [.. first.EnumerateObject().Select(cell => cell.Name)]
            : throw new InvalidDataException($"{where}: give 'columns', or rows as objects.");

    private static ColumnDefinitionPayload Column(string name, string type, string where)
    {
        var column = new ColumnDefinitionPayload { Name = name, CharacterSet = CharacterSets.Binary, Length = 20 };
        return type switch
        {
            "VARCHAR" => column with { Type = ColumnType.VarString, CharacterSet = CharacterSets.Utf8, Length = 3072 },
            "TINYINT" => column with { Type = ColumnType.Tiny },
            "INT" => column with { Type = ColumnType.Long },
            "BIGINT" => column with { Type = ColumnType.LongLong },
            "LARGEINT" => column with { Type = ColumnType.String, Length = 40 },
            "DOUBLE" => column with { Type = ColumnType.Double, Decimals = 0x1f },
            "DECIMAL" => column with { Type = ColumnType.NewDecimal, Length = 40 },
            "DATETIME" => column with { Type = ColumnType.DateTime },
            "DATE" => column with { Type = ColumnType.Date },
            "JSON" => column with { Type = ColumnType.Json, CharacterSet = CharacterSets.Utf8, Length = 65535 },
            _ => throw new InvalidDataException($"{where}: '{type}' of column '{name}' isn't a type. See samples/scenarios/README.md."),
        };
    }

    private static List<string?> Row(JsonElement row, List<string> names, string where)
    {
        if (row.ValueKind == JsonValueKind.Array)
        {
            var cells = row.EnumerateArray().Select(cell => Cell(cell, where)).ToList();
            return cells.Count == names.Count
                ? cells
                : throw new InvalidDataException($"{where} has {cells.Count} cells under {names.Count} columns.");
        }
        if (row.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{where} must be an array or an object.");
        foreach (var cell in row.EnumerateObject().Where(cell => !names.Contains(cell.Name)))
            throw new InvalidDataException($"{where} has '{cell.Name}', which isn't a column.");
        return names.ConvertAll(name => row.TryGetProperty(name, out var cell) ? Cell(cell, where) : null);
    }

    private static string? Cell(JsonElement cell, string where)
    {
        var text = cell.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => cell.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => cell.GetRawText(),
            _ => throw new InvalidDataException($"{where}: a cell is a string, a number, true, false or null. Write JSON as a string."),
        };
        if (text is not null && Placeholders.HasUnknown(text))
            throw new InvalidDataException($"{where}: '{text}' has an unknown placeholder.");
        return text;
    }
}
