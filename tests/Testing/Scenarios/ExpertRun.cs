using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;

namespace Outrider.Testing.Scenarios;

/// <summary>Runs an expert's phases against a function that answers statements, without grain, agent or network.</summary>
public static class ExpertRun
{
    public static readonly DateTimeOffset At = new(2026, 1, 10, 3, 30, 4, TimeSpan.Zero);

    /// <summary>The evidence that the expert asks for, as a bundle.</summary>
    public static EvidenceBundle Gather(Expert expert, Dictionary<string, string> given, Func<string, Outcome<RowTable>> ask)
    {
        var arguments = ExpertArguments.Read(expert, given).Value!;
        var evidence = Evidence.None;
        for (var phase = 0; PlanLimits.Next(expert, arguments, evidence, phase) is { Count: > 0 } next; phase++)
            evidence = evidence.With(next.Select(statement => Ask(statement, ask)));
        return new EvidenceBundle
        {
            ReportId = "0199a0b0c0d07e0f8a1b2c3d4e5f6071",
            Expert = expert.Name,
            ExpertVersion = expert.Version,
            Agent = "db-1",
            At = At,
            ElapsedMs = 12.5,
            Arguments = arguments.ToDictionary(),
            Statements = [.. evidence.Results],
        };
    }

    public static EvidenceBundle Gather(Expert expert, Scenario scenario, Dictionary<string, string>? given = null) =>
        Gather(expert, given ?? [], scenario.Ask);

    private static StatementResult Ask(Statement statement, Func<string, Outcome<RowTable>> ask)
    {
        if (statement.Skipped is not null)
            return StatementResult.NotAsked(statement);
        var answer = ask(statement.Sql);
        if (!answer.Ok)
            return StatementResult.Failure(statement, answer.Problem, 1);
        var rows = answer.Value.Rows;
        var cut = rows.Count > statement.Limits.MaxRows;
        return StatementResult.Answer(
            statement, cut ? new RowTable(answer.Value.Columns, [.. rows.Take(statement.Limits.MaxRows)]) : answer.Value, cut, 1);
    }
}
