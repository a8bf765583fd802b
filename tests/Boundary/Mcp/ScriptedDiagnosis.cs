using Outrider.Grains.Agents;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>A diagnosis of a known agent that tells of three steps and reports one finding.</summary>
internal sealed class ScriptedDiagnosis(GrainContext context) : Grain(context), IDiagnosis
{
    public async Task<Outcome<DiagnosisReport>> RunAsync(DiagnosisRequest request, CancellationToken cancellation)
    {
        var parts = GrainKeys.Split(Key);
        if ((await Context.Grains.Get<IAgent>(GrainKeys.Join(parts[0], parts[1])).GetAsync()).Problem is { } problem)
            return problem;
        if (request.Arguments.GetValueOrDefault("database_name") == "nowhere")
            return new Problem(ProblemCodes.InvalidArgument, "There is no database 'nowhere'.");
        if (request.Progress is { } reference)
        {
            var progress = Context.Observers.Get(reference);
            for (var done = 1; done <= 3; done++)
                await progress.OnProgressAsync($"statement {done}", done, 3);
        }
        return new DiagnosisReport
        {
            Id = "r1",
            Expert = parts[2],
            ExpertVersion = "1.0",
            Agent = parts[1],
            At = Context.Time.GetUtcNow(),
            ElapsedMs = 12.5,
            Cached = !request.Fresh,
            Score = 62,
            Level = "FAIR",
            Status = "CRITICAL",
            Summary = "One disk is nearly full.",
            Findings =
            [
                new Finding
                {
                    Code = "disk_critical",
                    Severity = "critical",
                    Subject = "10.0.0.1:9050",
                    Message = "The disk is 96 % full.",
                    Evidence = [new EvidenceRow("backends", "10.0.0.1:9050", "MaxDiskUsedPct", "96.20 %", "95 %")],
                    Advice = ["Free space or add a disk."],
                },
            ],
            Deductions = [new Deduction("disk_critical", 38, "a disk above 95 %")],
            Evidence = [Item("backends", "ok"), Item("tablets", "failed", new Problem(ProblemCodes.TimedOut, "It took too long."))],
            Facts = request.Arguments.ToDictionary(pair => $"argument.{pair.Key}", pair => pair.Value),
            Notes = ["Only half of it was seen."],
            Details = request.Arguments.GetValueOrDefault("include_details") == "true"
                ? [new ReportTable { Name = "nodes", Title = "Nodes", Columns = ["node", "free"], Rows = [["10.0.0.1:9050", null]], Omitted = 2 }]
                : null,
            NextCheckMinutes = 30,
        };
    }

    private static EvidenceItem Item(string id, string status, Problem? problem = null) =>
        new() { Id = id, Sql = $"SHOW {id}", Status = status, Rows = 3, Problem = problem };
}
