namespace Outrider.Grains.Diagnosis;

/// <summary>An argument of an expert.</summary>
/// <param name="Name">Snake case, as in MCP and REST.</param>
/// <param name="Type"><c>string</c>, <c>boolean</c> or <c>integer</c>.</param>
/// <param name="Description">For the person or model that fills it in.</param>
public sealed record ExpertArgument(string Name, string Type, string Description)
{
    /// <summary>What it is when it isn't given; null: nothing.</summary>
    public string? Default { get; init; }
}
