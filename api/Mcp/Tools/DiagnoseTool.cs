using System.Text.Json;
using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

/// <summary>The tool of one expert, made from its entry in the catalogue.</summary>
internal sealed class DiagnoseTool(ExpertView expert, DiagnosisOperations diagnoses, AgentChoice choice, IObservers observers)
    : OutriderTool(expert.Tool, expert.Title, expert.Description, ParametersOf(expert), s_outputSchema)
{
    private const string Fresh = "fresh";

    private static readonly JsonElement s_outputSchema = McpJson.SchemaOf<DiagnosisReport>("An expert's report.");

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var request = new DiagnosisRequest
        {
            Arguments = Own(expert)
                .Select(one => KeyValuePair.Create(one.Name, call.Arguments.AsText(one.Name)))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!),
            Fresh = call.Arguments.Flag(Fresh),
            Actor = call.Caller.CredentialId,
        };
        var outcome = await RunAsync(call, agent.Value, request, cancellation);
        return outcome.Ok ? new ToolAnswer(ReportText.Render(outcome.Value), McpJson.ToElement(outcome.Value)) : outcome.Problem;
    }

    private async Task<Outcome<DiagnosisReport>> RunAsync(
        ToolCall call, string agent, DiagnosisRequest request, CancellationToken cancellation)
    {
        if (call.Progress is null)
            return await diagnoses.RunAsync(call.Caller, agent, expert.Name, request, cancellation);
        await using var relay = new ProgressRelay(call.Progress);
        var reference = observers.Register<IDiagnosisProgress>(relay);
        try
        {
            return await diagnoses.RunAsync(call.Caller, agent, expert.Name, request with { Progress = reference }, cancellation);
        }
        finally
        {
            observers.Release(reference);
        }
    }

    private static List<ToolParameter> ParametersOf(ExpertView expert) =>
    [
        AgentChoice.Parameter,
        .. Own(expert).Select(one => new ToolParameter(one.Name, one.Type, one.Description)
        {
            MaxLength = ExpertArguments.MaxLength,
            Default = one.Default is { } text ? ToolParameter.Parse(one.Type, text) : null,
        }),
        new(Fresh, "boolean", "True: gather new evidence instead of answering from one up to 60 seconds old.") { Default = false },
    ];

    /// <summary>The expert's arguments besides those that every expert's tool has.</summary>
    private static IEnumerable<ExpertArgument> Own(ExpertView expert) =>
        expert.Arguments.Where(one => one.Name != Fresh && one.Name != AgentChoice.Parameter.Name);
}
