using System.Globalization;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>Makes findings.</summary>
internal static class Found
{
    /// <summary>Evidence rows of one finding; a rule gives its worst first.</summary>
    public const int MaxEvidence = 20;

    public static Finding Critical(
        string code, string? subject, string message, IEnumerable<EvidenceRow> evidence, params List<string> advice) =>
        Make(code, Severities.Critical, subject, message, evidence, advice);

    public static Finding Warning(
        string code, string? subject, string message, IEnumerable<EvidenceRow> evidence, params List<string> advice) =>
        Make(code, Severities.Warning, subject, message, evidence, advice);

    public static Finding Info(
        string code, string? subject, string message, IEnumerable<EvidenceRow> evidence, params List<string> advice) =>
        Make(code, Severities.Info, subject, message, evidence, advice);

    public static Finding Make(
        string code, string severity, string? subject, string message, IEnumerable<EvidenceRow> evidence, List<string> advice) => new()
        {
            Code = code,
            Severity = severity,
            Subject = subject,
            Message = message,
            Evidence = [.. evidence.Take(MaxEvidence)],
            Advice = advice,
        };

    /// <summary>A number for people: at most one decimal, always with a point.</summary>
    public static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary><c>1 node</c>, <c>2 nodes</c>.</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
