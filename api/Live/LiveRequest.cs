using System.Text.Json;
using Outrider.Api.Problems;
using Outrider.Api.Rest;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>A frame of a viewer.</summary>
internal sealed record LiveRequest
{
    public const string Auth = "auth";
    public const string Subscribe = "subscribe";
    public const string Unsubscribe = "unsubscribe";
    public const string Ping = "ping";

    private static readonly JsonSerializerOptions s_json = CreateJson();

    public required string Type { get; init; }

    /// <summary>Of <see cref="Auth"/>: the API key.</summary>
    public string? Key { get; init; }

    /// <summary>Names the subscription.</summary>
    public string? Id { get; init; }

    /// <summary>Names and patterns of agents.</summary>
    public List<string>? Agents { get; init; }

    /// <summary>Names and patterns of metrics; null: none, only how the agents are.</summary>
    public List<string>? Metrics { get; init; }

    /// <summary>By label a pattern that its value must match.</summary>
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>Whether alerts of these agents are told, too.</summary>
    public bool Alerts { get; init; }

    /// <summary>Ids of tasks whose states and logs are told.</summary>
    public List<string>? Tasks { get; init; }

    /// <summary>The frame of these bytes; <c>invalid_argument</c>.</summary>
    public static Outcome<LiveRequest> Read(ReadOnlySpan<byte> frame)
    {
        try
        {
            return JsonSerializer.Deserialize<LiveRequest>(frame, s_json) is { } request
                ? request
                : new Problem(ProblemCodes.InvalidArgument, "The frame is null; it must be an object with a 'type'.");
        }
        catch (JsonException e)
        {
            var problem = RequestProblems.From(e);
            return problem with { Message = problem.Message.Replace("The body", "The frame", StringComparison.Ordinal) };
        }
    }

    /// <summary>Hides the key.</summary>
    public override string ToString() => $"{nameof(LiveRequest)} {Type} {Id}";

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        RestJson.Configure(options);
        options.MaxDepth = 4;
        return options;
    }
}
