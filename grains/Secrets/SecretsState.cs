namespace Outrider.Grains.Secrets;

/// <summary>A tenant's secrets by name.</summary>
public sealed record SecretsState
{
    public Dictionary<string, SealedSecret> Secrets { get; init; } = [];
}
