using System.Globalization;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>Makes reports of evidence. Pure: the same evidence always makes the same report.</summary>
public static class ReportFactory
{
    /// <summary>Findings of one code that are listed; the score counts them all.</summary>
    private const int MaxPerCode = 20;

    /// <summary>Analyses a bundle's evidence as if it had just been gathered, by the rules of now.</summary>
    public static Outcome<DiagnosisReport> Reanalyse(EvidenceBundle bundle)
    {
        if (ExpertCatalog.Find(bundle.Expert) is not { } expert)
            return new Problem(ProblemCodes.ExpertNotFound, $"The bundle's expert '{bundle.Expert}' isn't known here.");
        var arguments = ExpertArguments.Restore(expert, bundle.Arguments);
        return arguments.Ok ? Create(expert, arguments.Value, bundle) : arguments.Problem;
    }

    internal static Outcome<DiagnosisReport> Create(Expert expert, ExpertArguments arguments, EvidenceBundle bundle)
    {
        var evidence = new Evidence(bundle.Statements);
        var outcome = expert.Analyse(arguments, evidence);
        if (!outcome.Ok)
            return outcome.Problem;
        var analysis = outcome.Value;
        var deductions = Scoring.Deduct(analysis.Findings, expert.PointCaps);
        int? score = analysis.Judged ? Scoring.Score(deductions) : null;
        var status = Scoring.Status(analysis.Findings, analysis.Judged);
        var findings = analysis.Findings.OrderByDescending(finding => Scoring.Points(finding.Severity)).ToList();
        List<string> notes = [.. Missing(evidence), .. analysis.Notes, .. Unlisted(findings)];
        return new DiagnosisReport
        {
            Id = bundle.ReportId,
            Expert = expert.Name,
            ExpertVersion = expert.Version,
            Agent = bundle.Agent,
            At = bundle.At,
            ElapsedMs = bundle.ElapsedMs,
            Score = score,
            Level = Scoring.Level(score),
            Status = status,
            Summary = Summary(analysis, findings, score, status, notes.Count),
            Findings = [.. findings.GroupBy(finding => finding.Code).SelectMany(group => group.Take(MaxPerCode))
                .OrderByDescending(finding => Scoring.Points(finding.Severity))],
            Deductions = deductions,
            Evidence = [.. bundle.Statements.Select(result => result.ToItem())],
            Facts = analysis.Facts,
            Notes = notes,
            Details = analysis.Details,
            NextCheckMinutes = Scoring.NextCheckMinutes(status),
        };
    }

    /// <summary>The report as the caller wants it: without its tables unless details were asked for.</summary>
    internal static DiagnosisReport Present(DiagnosisReport report, ExpertArguments arguments) =>
        arguments.Details ? report : report with { Details = null };

    private static IEnumerable<string> Missing(Evidence evidence)
    {
        foreach (var result in evidence.Results)
        {
            if (result.Problem is { } problem)
                yield return $"Evidence '{result.Id}' is missing ({problem.Code}): {problem.Message}";
            if (result.MissingColumns.Count > 0)
                yield return $"Evidence '{result.Id}' lacks the columns {string.Join(", ", result.MissingColumns)}.";
            if (result.Truncated)
                yield return $"Evidence '{result.Id}' was cut after {result.Rows?.Rows.Count} rows; what is beyond them is not judged.";
        }
    }

    private static IEnumerable<string> Unlisted(List<Finding> findings) =>
        from finding in findings
        group finding by finding.Code into code
        where code.Count() > MaxPerCode
        select $"{code.Count() - MaxPerCode} more findings of '{code.Key}' are counted but not listed.";

    private static string Summary(Analysis analysis, List<Finding> findings, int? score, string status, int notes)
    {
        var critical = findings.Count(finding => finding.Severity == Severities.Critical);
        var warnings = findings.Count(finding => finding.Severity == Severities.Warning);
        var scored = score is null
            ? "no score, because the evidence it needs is missing"
            : string.Create(CultureInfo.InvariantCulture, $"score {score} of 100 ({Scoring.Level(score)})");
        var counts = critical + warnings == 0 ? "nothing critical and no warnings" : $"{critical} critical and {warnings} warning findings";
        var worst = findings.Find(finding => finding.Severity != Severities.Info) is { } first ? $" Worst: {first.Message}" : "";
        var missing = notes > 0 ? " See the notes for what could not be judged or is cut." : "";
        return $"{status}: {scored}; {counts} on {analysis.Scope}.{worst}{missing}";
    }
}
