using System.Text.Json.Serialization;

namespace Outrider.Agent.Tasks;

/// <summary>What a record of the task journal tells.</summary>
internal enum JournalRecordKind
{
    /// <summary>The agent has taken a task: it will be run once.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>It is about to run.</summary>
    [JsonStringEnumMemberName("started")]
    Started,

    /// <summary>It has started processes.</summary>
    [JsonStringEnumMemberName("processes")]
    Processes,

    /// <summary>How it ended.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,

    /// <summary>The centre has its end, or doesn't want to know it: it is never run again.</summary>
    [JsonStringEnumMemberName("forgotten")]
    Forgotten,
}
