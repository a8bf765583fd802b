using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Rest.Requests;
using Outrider.Grains.Diagnosis;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest;

/// <summary>Experts, and the diagnoses they made.</summary>
public static class DiagnosisEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/experts", ListExperts).WithTags("Diagnosis").WithName("listExperts").WithSummary("What can be asked. Viewer.");
        var diagnoses = api.MapGroup("/agents/{agent}/diagnoses").WithTags("Diagnosis");
        diagnoses.MapPost("/", RunAsync).WithName("diagnose").WithSummary("Asks an expert about an agent's database. Operator.");
        diagnoses.MapGet("/", ListAsync).WithName("listDiagnoses").WithSummary("Past reports, newest first. Viewer.");
        diagnoses.MapGet("/{id}", GetAsync).WithName("getDiagnosis").WithSummary("One past report. Viewer.");
        diagnoses.MapGet("/{id}/bundle", GetBundleAsync).WithName("getDiagnosisBundle")
            .WithSummary("The evidence bundle of a past report: what was asked and answered, to analyse again without the cluster. Viewer.");
    }

    private static ApiResult<ExpertList> ListExperts(HttpContext context, ExpertOperations experts) => experts.List(context.Caller());

    private static async Task<ApiResult<DiagnosisReport>> RunAsync(
        HttpContext context, DiagnosisOperations operations, string agent, DiagnoseRequest request, CancellationToken cancellation)
    {
        var arguments = Texts(request.Arguments ?? []);
        if (!arguments.Ok)
            return (Outcome<DiagnosisReport>)arguments.Problem;
        var caller = context.Caller();
        var question = new DiagnosisRequest { Arguments = arguments.Value, Fresh = request.Fresh, Actor = caller.CredentialId };
        return await operations.RunAsync(caller, agent, request.Expert, question, cancellation);
    }

    private static async Task<ApiResult<ReportPage>> ListAsync(
        HttpContext context,
        DiagnosisOperations operations,
        string agent,
        CancellationToken cancellation,
        string? expert = null,
        DateTimeOffset? before = null,
        int limit = RestApi.DefaultPage)
    {
        var reports = await operations.ListAsync(context.Caller(), agent, expert, before, limit, cancellation);
        return Page(reports, limit);
    }

    private static async Task<ApiResult<DiagnosisReport>> GetAsync(
        HttpContext context, DiagnosisOperations operations, string agent, string id, CancellationToken cancellation) =>
        await operations.GetAsync(context.Caller(), agent, id, cancellation);

    private static async Task<BundleResult> GetBundleAsync(
        HttpContext context, DiagnosisOperations operations, string agent, string id, CancellationToken cancellation) =>
        new(await operations.GetBundleAsync(context.Caller(), agent, id, cancellation), $"{agent}-{id}.bundle.json.gz");

    private static Outcome<ReportPage> Page(Outcome<IReadOnlyList<ReportSummary>> reports, int limit) => reports.Ok
        ? new ReportPage(reports.Value, reports.Value.Count == limit ? reports.Value[^1].At : null)
        : reports.Problem;

    private static Outcome<Dictionary<string, string>> Texts(Dictionary<string, JsonElement> arguments)
    {
        var texts = new Dictionary<string, string>(arguments.Count);
        foreach (var (name, value) in arguments)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    texts[name] = value.GetString()!;
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    texts[name] = value.GetRawText();
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    return new Problem(ProblemCodes.InvalidArgument, $"The argument '{name}' must be a string, a number or a boolean.");
            }
        }
        return texts;
    }
}
