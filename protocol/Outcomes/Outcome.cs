using System.Diagnostics.CodeAnalysis;

namespace Outrider.Protocol.Outcomes;

/// <summary>Either the value asked for or the <see cref="Outcomes.Problem"/> that prevented it. Never both, never neither.</summary>
public sealed record Outcome<T>
{
    /// <summary>The value; default when there is a problem.</summary>
    public T? Value { get; init; }

    /// <summary>What prevented it; null on success.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Whether <see cref="Value"/> holds.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Problem is null;

    [SuppressMessage("Design", "CA1000", Justification = "Lets a method end in 'return value;' or 'return problem;'.")]
    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    [SuppressMessage("Design", "CA1000", Justification = "Lets a method end in 'return value;' or 'return problem;'.")]
    public static implicit operator Outcome<T>(Problem problem) => new() { Problem = problem };
}
