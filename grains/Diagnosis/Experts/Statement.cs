using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>A statement of an expert's plan.</summary>
public sealed record Statement
{
    /// <summary>Milliseconds that a statement may take unless it says otherwise.</summary>
    public const int DefaultTimeoutMs = 10_000;

    /// <summary>Unique within the plan; what evidence refers to.</summary>
    public required string Id { get; init; }

    public required string Sql { get; init; }

    /// <summary>Columns without which the answer counts as incomplete.</summary>
    public List<string> Required { get; init; } = [];

    /// <summary>Columns that are read too, but that not every version of StarRocks has.</summary>
    public List<string> Optional { get; init; } = [];

    public SqlLimits Limits { get; init; } = new() { TimeoutMs = DefaultTimeoutMs, MaxRows = 1_000, MaxBytes = 1024 * 1024 };

    /// <summary>Why it is needless here; then it isn't asked. Null: it is asked.</summary>
    public string? Skipped { get; init; }

    public Statement Skip(string why) => this with { Skipped = why };
}
