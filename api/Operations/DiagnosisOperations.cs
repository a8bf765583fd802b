using Outrider.Api.Auth;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>Diagnoses and their past reports, the same for every front door.</summary>
public sealed class DiagnosisOperations(IGrains grains, IReportStore reports, Auditor audit)
{
    /// <summary>Asks an expert about an agent's database. Problems: those of <see cref="IDiagnosis.RunAsync"/> and <c>forbidden</c>.</summary>
    public async Task<Outcome<DiagnosisReport>> RunAsync(
        Caller caller, string agent, string expert, DiagnosisRequest request, CancellationToken cancellation)
    {
        var outcome = Permissions.Require(caller, Permission.DiagnosesRun) is { } forbidden
            ? forbidden
            : await GrainCalls.OrProblemAsync(() => RunAllowedAsync(caller, agent, expert, request, cancellation), agent, cancellation);
        await audit.RecordAsync(caller, "diagnosis.run", agent, outcome.Problem, expert, CancellationToken.None);
        return outcome;
    }

    private async Task<Outcome<DiagnosisReport>> RunAllowedAsync(
        Caller caller, string agent, string expert, DiagnosisRequest request, CancellationToken cancellation)
    {
        if (!Names.IsAgent(agent))
            return AgentOperations.UnknownAgent(agent);
        if (!Names.IsAgent(expert))
            return new Problem(ProblemCodes.ExpertNotFound, $"There is no expert '{expert}'. list_experts (GET /api/v1/experts) shows them.");
        return await grains.Get<IDiagnosis>(GrainKeys.Join(caller.Tenant, agent, expert)).RunAsync(request, cancellation);
    }

    /// <summary>Past reports of an agent, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<ReportSummary>>> ListAsync(
        Caller caller, string agent, string? expert, DateTimeOffset? before, int limit, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.DiagnosesRead) is { } forbidden)
            return forbidden;
        if (limit is < 1 or > AgentOperations.MaxPage)
            return new Problem(ProblemCodes.InvalidArgument, $"limit must be 1 to {AgentOperations.MaxPage}; it is {limit}.");
        return new Outcome<IReadOnlyList<ReportSummary>>
        {
            Value = await reports.ListAsync(caller.Tenant, agent, expert, before, limit, cancellation),
        };
    }

    /// <summary>One past report; <c>report_not_found</c>.</summary>
    public async Task<Outcome<DiagnosisReport>> GetAsync(Caller caller, string agent, string id, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.DiagnosesRead) is { } forbidden)
            return forbidden;
        return await reports.ReadAsync(caller.Tenant, agent, id, cancellation) is { } report ? report : NoReport(agent, id);
    }

    /// <summary>The evidence bundle of a past report (docs/formats/evidence-bundle.md); <c>report_not_found</c>.</summary>
    public async Task<Outcome<byte[]>> GetBundleAsync(Caller caller, string agent, string id, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.DiagnosesRead) is { } forbidden)
            return forbidden;
        return await reports.ReadBundleAsync(caller.Tenant, agent, id, cancellation) is { } bundle ? bundle : NoReport(agent, id);
    }

    private static Problem NoReport(string agent, string id) =>
        new(ProblemCodes.ReportNotFound, $"Agent '{agent}' has no report '{id}'. GET /api/v1/agents/{agent}/diagnoses lists them.");
}
