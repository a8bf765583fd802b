using System.Text.Json;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>A scenario as its JSON file has it; see samples/scenarios/README.md.</summary>
public sealed record ScenarioFile
{
    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>StarRocks version.</summary>
    public required string Version { get; init; }

    /// <summary>Version in the greeting.</summary>
    public string HandshakeVersion { get; set; } = "8.0.33";

    /// <summary>@@version_comment.</summary>
    public string? VersionComment { get; set; }

    /// <summary>Statements with their results.</summary>
    public List<AnswerEntry> Answers { get; set; } = [];

    /// <summary>Tables by schema.table.</summary>
    public Dictionary<string, TableEntry> Tables { get; set; } = [];

    /// <summary>Columns and rows of an answer or a table.</summary>
    public record TableEntry
    {
        /// <summary>Column names; by default the keys of the first row.</summary>
        public List<string>? Columns { get; set; }

        /// <summary>Types of the columns that aren't VARCHAR.</summary>
        public Dictionary<string, string> Types { get; set; } = [];

        /// <summary>Rows, as arrays or objects.</summary>
        public List<JsonElement> Rows { get; set; } = [];

        /// <summary>Delay of the answer in milliseconds.</summary>
        public int LatencyMs { get; set; }
    }

    /// <summary>One answer.</summary>
    public sealed record AnswerEntry : TableEntry
    {
        /// <summary>A statement, or several with the same answer.</summary>
        public required JsonElement Statement { get; init; }

        /// <summary>An error instead of rows.</summary>
        public ErrorEntry? Error { get; set; }

        /// <summary>A plain OK instead of rows.</summary>
        public bool Ok { get; set; }
    }

    /// <summary>An error.</summary>
    /// <param name="Code">Number.</param>
    /// <param name="Message">Text.</param>
    /// <param name="State">SQLSTATE.</param>
    public sealed record ErrorEntry(int Code, string Message, string State = "HY000");
}
