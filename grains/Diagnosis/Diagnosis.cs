using Outrider.Grains.Agents;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <inheritdoc cref="IDiagnosis"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class Diagnosis(GrainContext context, IReportStore reports) : Grain(context), IDiagnosis
{
    /// <summary>What saving a report may take; the caller waits for it.</summary>
    private static readonly TimeSpan s_saving = TimeSpan.FromSeconds(3);

    private readonly ReportCache _cache = new(context.Time);

    public async Task<Outcome<DiagnosisReport>> RunAsync(DiagnosisRequest request, CancellationToken cancellation)
    {
        if (GrainKeys.Split(Key) is not [_, _, var name])
            throw new ArgumentException($"'{Key}' is no key of a diagnosis: tenant/agent/expert.");
        if (ExpertCatalog.Find(name) is not { } expert)
        {
            var known = string.Join(", ", ExpertCatalog.All.Select(expert => expert.Name));
            return new Problem(ProblemCodes.ExpertNotFound, $"There is no expert '{name}'; there are {known}.");
        }
        var arguments = ExpertArguments.Read(expert, request.Arguments);
        if (!arguments.Ok)
            return arguments.Problem;
        if (!request.Fresh && _cache.Find(arguments.Value.CacheKey) is { } cached)
            return cached.Ok ? ReportFactory.Present(cached.Value with { Cached = true }, arguments.Value) : cached;
        try
        {
            var report = await AskAsync(expert, arguments.Value, request, cancellation);
            return report.Ok ? ReportFactory.Present(report.Value, arguments.Value) : report;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Problem(ProblemCodes.Canceled, "The caller cancelled the diagnosis.");
        }
    }

    private async Task<Outcome<DiagnosisReport>> AskAsync(
        Expert expert, ExpertArguments arguments, DiagnosisRequest request, CancellationToken cancellation)
    {
        var (tenant, agent) = (GrainKeys.Split(Key)[0], GrainKeys.Split(Key)[1]);
        var at = Context.Time.GetUtcNow();
        var start = Context.Time.GetTimestamp();
        var link = await Context.Grains.Get<IAgent>(GrainKeys.Join(tenant, agent)).UseLinkAsync();
        if (!link.Ok)
            return link.Problem;
        var watcher = request.Progress is { } reference ? Context.Observers.Get(reference) : null;
        var progress = new ProgressTeller(watcher, Context.Time);
        var inquiry = new Inquiry(
            Context.Observers.Get(link.Value), Context.Grains.Get<ITenant>(tenant), request.Actor, progress, Context.Time);
        var evidence = await inquiry.GatherAsync(expert, arguments, cancellation);
        await progress.FinishAsync();
        if (!evidence.Ok)
            return evidence.Problem;
        var bundle = new EvidenceBundle
        {
            ReportId = Guid.CreateVersion7(at).ToString("N"),
            Expert = expert.Name,
            ExpertVersion = expert.Version,
            Agent = agent,
            At = at,
            ElapsedMs = Context.Time.GetElapsedTime(start).TotalMilliseconds,
            Arguments = arguments.ToDictionary(),
            Statements = [.. evidence.Value.Results],
        };
        var report = ReportFactory.Create(expert, arguments, bundle);
        if (report.Ok)
            report = await SaveAsync(tenant, report.Value, bundle, cancellation);
        _cache.Add(arguments.CacheKey, report, whole: !bundle.Statements.Exists(Inquiry.IsPassing));
        return report;
    }

    /// <summary>Saves report and bundle. A store that fails doesn't take the answer from the caller, but the report says so.</summary>
    private async Task<DiagnosisReport> SaveAsync(
        string tenant, DiagnosisReport report, EvidenceBundle bundle, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(s_saving, Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await reports.SaveAsync(tenant, report, EvidenceBundleFormat.Write(bundle), either.Token);
            return report;
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            const string note = "The report could not be saved: it isn't among the past reports, and its evidence bundle is lost.";
            return report with { Notes = [.. report.Notes, note] };
        }
    }
}
