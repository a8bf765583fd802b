using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Mcp.Tools;

internal sealed class RunSqlTool(SqlOperations sql, AgentChoice choice) : OutriderTool(
    "run_sql",
    "Run a read-only query",
    "Runs one read-only SQL statement on the agent's database and returns its rows: SELECT on system tables, SHOW, DESCRIBE, EXPLAIN and "
        + "the like. Anything that could change data, or read business data, is refused with the rule it broke, the place and what is allowed. "
        + "64-bit integers and decimals come as strings, so that none is rounded.",
    [
        AgentChoice.Parameter,
        new("sql", "string", "One statement, without a second one behind a semicolon.") { Required = true, MaxLength = 65_536 },
        new("timeout_ms", "integer", "Milliseconds until the query is killed.")
            { Minimum = 1, Maximum = SqlLimits.Default.TimeoutMs, Default = SqlLimits.Default.TimeoutMs },
        new("max_rows", "integer", "Rows at most; truncated_by says when there were more. Ask for more only if you need them.")
            { Minimum = 1, Maximum = SqlLimits.Default.MaxRows, Default = DefaultRows },
    ],
    s_outputSchema)
{
    /// <summary>What a model can take in at once.</summary>
    public const int DefaultRows = 200;

    /// <summary>Bytes of encoded rows in one answer at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly JsonElement s_outputSchema = McpJson.ToElement(JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "The rows of a query.",
          "properties": {
            "agent": { "type": "string", "description": "The agent that ran it." },
            "columns": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": { "name": { "type": "string" }, "type": { "type": "string", "description": "The database's name of it." } },
                "required": ["name", "type"]
              }
            },
            "rows": {
              "type": "array",
              "description": "Cells in the order of the columns. 64-bit integers and decimals are strings, binary is base64, NULL is null.",
              "items": { "type": "array" }
            },
            "row_count": { "type": "integer" },
            "truncated_by": { "type": ["string", "null"], "description": "Null if whole, else the limit that cut it: rows or bytes." },
            "elapsed_ms": { "type": "number", "description": "Milliseconds on the agent." }
          },
          "required": ["agent", "columns", "rows", "row_count", "truncated_by", "elapsed_ms"]
        }
        """)!);

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var limits = new SqlLimits
        {
            TimeoutMs = call.Arguments.Integer("timeout_ms", SqlLimits.Default.TimeoutMs),
            MaxRows = call.Arguments.Integer("max_rows", DefaultRows),
            MaxBytes = MaxBytes,
        };
        var outcome = await sql.RunAsync(call.Caller, agent.Value, call.Arguments.Text("sql")!, limits, cancellation);
        return outcome.Ok ? new ToolAnswer(RowSetText.Render(outcome.Value), Structured(agent.Value, outcome.Value)) : outcome.Problem;
    }

    private static JsonElement Structured(string agent, SqlAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("agent", agent);
            RowSetJson.WriteMembers(writer, answer);
            writer.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
