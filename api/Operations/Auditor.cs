using Outrider.Api.Auth;
using Outrider.Grains.Audit;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Writes what front doors did, and refused, into the audit store: with the caller's address and how long it took so far.</summary>
public sealed class Auditor(IAuditLog log, TimeProvider time)
{
    private const int MaxDetail = 4096;
    private const int MaxTask = 64;

    /// <summary>Appends one entry; durable when it returns. Secrets in the detail are masked.</summary>
    public ValueTask RecordAsync(
        Caller caller, string action, string target, Problem? problem, string? detail, CancellationToken cancellation) =>
        RecordAsync(caller, action, target, problem, detail, task: null, cancellation);

    /// <summary>As the other one, about a task or a fan-out.</summary>
    public ValueTask RecordAsync(
        Caller caller, string action, string target, Problem? problem, string? detail, string? task, CancellationToken cancellation)
    {
        var origin = CallOrigin.Current;
        return log.AppendAsync(
            new AuditEntry
            {
                At = time.GetUtcNow(),
                Tenant = caller.Tenant,
                Actor = caller.CredentialId,
                Action = action,
                Target = target,
                Outcome = problem?.Code ?? "ok",
                // A mask needs to see the end of what it hides, or nothing of it.
                Detail = detail is null ? null : Clip(SecretText.Redact(Clip(detail, 4 * MaxDetail)), MaxDetail),
                Task = task is null ? null : Clip(task, MaxTask),
                Ip = origin?.Address?.ToString(),
                Ms = origin is null ? null : (long)time.GetElapsedTime(origin.Started).TotalMilliseconds,
            },
            cancellation);
    }

    private static string Clip(string text, int length) => text.Length > length ? text[..length] : text;
}
