using System.Text.Json;
using Outrider.MySql.Payloads;
using Outrider.Samples.DemoStarRocks.Sql;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>Reads scenario files. The format is in samples/scenarios/README.md.</summary>
public static class ScenarioReader
{
    /// <summary>Reads the text of a scenario file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The file is wrong; the message says where and what.</exception>
    public static Scenario Read(string json, string file)
    {
        var scenario = Parse(json, file);
        var answers = new Dictionary<string, Answer>();
        for (var i = 0; i < scenario.Answers.Count; i++)
            Add(answers, scenario.Answers[i], $"{file}: answer {i + 1}");
        return new(
            scenario.Title,
            scenario.Version,
            scenario.HandshakeVersion,
            scenario.VersionComment ?? $"StarRocks version {scenario.Version}",
            answers,
            scenario.Tables.ToDictionary(
                table => table.Key.ToLowerInvariant(), table => TableReader.Read(table.Value, $"{file}: table {table.Key}")));
    }

    private static ScenarioFile Parse(string json, string file)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ScenarioJson.Default.ScenarioFile)
                ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static void Add(Dictionary<string, Answer> answers, ScenarioFile.AnswerEntry entry, string where)
    {
        var answer = ReadAnswer(entry, where);
        foreach (var statement in Statements(entry.Statement, where))
        {
            var tokens = Tokenizer.Tokenize(statement)
                ?? throw new InvalidDataException($"{where}: a quote or comment in '{statement}' isn't closed.");
            if (!answers.TryAdd(Tokenizer.Normalize(tokens), answer))
                throw new InvalidDataException($"{where}: '{statement}' has an answer already.");
        }
    }

    private static Answer ReadAnswer(ScenarioFile.AnswerEntry entry, string where)
    {
        var hasTable = entry.Columns is not null || entry.Rows.Count > 0;
        if ((hasTable ? 1 : 0) + (entry.Error is null ? 0 : 1) + (entry.Ok ? 1 : 0) != 1)
            throw new InvalidDataException($"{where}: give either 'columns' and 'rows', or 'error', or 'ok': true.");
        var error = entry.Error is { } failure ? new ErrPayload(failure.Code, failure.State, failure.Message) : null;
        if (error is not null && error.SqlState.Length != 5)
            throw new InvalidDataException($"{where}: 'state' must have five characters.");
        return new(hasTable ? TableReader.Read(entry, where) : null, error, TimeSpan.FromMilliseconds(entry.LatencyMs));
    }

    private static IEnumerable<string> Statements(JsonElement statement, string where) => statement.ValueKind switch
    {
        JsonValueKind.String => [statement.GetString()!],
        JsonValueKind.Array when statement.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) =>
            statement.EnumerateArray().Select(one => one.GetString()!),
        _ => throw new InvalidDataException($"{where}: 'statement' must be a string or a list of strings."),
    };
}
