using System.Diagnostics.CodeAnalysis;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>The fixed numbers and names of the link (docs/formats/agent-protocol.md).</summary>
public static class LinkProtocol
{
    /// <summary>The only version there is.</summary>
    public const int Version = 1;

    /// <summary>Where the gateway listens, below the centre's address.</summary>
    public const string Path = "/agent/v1";

    /// <summary>The WebSocket sub-protocol both sides insist on.</summary>
    public const string SubProtocol = "outrider.agent.v1";

    /// <summary>Most bytes of a text frame.</summary>
    public const int MaxTextBytes = 256 * 1024;

    /// <summary>Most bytes that one binary frame carries beside its header.</summary>
    public const int MaxBlockBytes = 64 * 1024;

    /// <summary>Most tasks that run at once over one link.</summary>
    public const int MaxTasks = 100;

    /// <summary>The capability of an agent that measures, and of a centre that stores it.</summary>
    public const string Metrics = "metrics";

    /// <summary>The capability of an agent that runs tasks (not only queries), and of a centre that keeps them.</summary>
    public const string Tasks = "tasks";

    /// <summary>The capability to move files.</summary>
    public const string Files = "files";

    /// <summary>Most transfers of files at once over one link.</summary>
    public const int MaxTransfers = 16;

    /// <summary>Most metric batches without an answer over one link.</summary>
    public const int MaxUnansweredBatches = 16;

    /// <summary>Longest id of a frame, a task or a boot: printable ASCII without space.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Most entries of a list in a message.</summary>
    public const int MaxItems = 128;

    /// <summary>Most characters of a name, a code or a version in a message.</summary>
    public const int MaxText = 256;

    /// <summary>Most characters of a text for people in a message.</summary>
    public const int MaxSentence = 4096;

    /// <summary>An agent that sent nothing for this long sends a heartbeat.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    /// <summary>How often an agent reports what it measures.</summary>
    public static readonly TimeSpan Report = TimeSpan.FromSeconds(10);

    /// <summary>Either side gives up a link on which it heard nothing for this long.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>Either side gives up a link whose peer took nothing for this long.</summary>
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(20);

    /// <summary>The text, cut to <paramref name="max"/> characters, never within a surrogate pair.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clip(string? text, int max) =>
        text is null || text.Length <= max ? text
        : char.IsHighSurrogate(text[max - 1]) ? text[..(max - 1)]
        : text[..max];

    /// <summary>The problem within what a message may hold: a database's own words can be of any length, the link's can't.</summary>
    [return: NotNullIfNotNull(nameof(problem))]
    public static Problem? Clip(Problem? problem)
    {
        if (problem is null)
            return null;
        var details = problem.Details is null ? null : new Dictionary<string, string>();
        foreach (var (key, value) in problem.Details?.Take(MaxItems) ?? [])
            details![Clip(key, MaxText)] = Clip(value, MaxSentence);
        return problem with { Message = Clip(problem.Message, MaxSentence), Details = details };
    }

    /// <summary>Whether <paramref name="id"/> may name a frame, a task or a boot.</summary>
    public static bool IsId(string? id)
    {
        if (id is not { Length: > 0 and <= MaxIdLength })
            return false;
        foreach (var c in id)
        {
            if (c is <= ' ' or > '~')
                return false;
        }
        return true;
    }
}
