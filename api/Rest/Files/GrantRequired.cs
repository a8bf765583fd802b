namespace Outrider.Api.Rest.Files;

/// <summary>Marks an endpoint that needs no key but a grant in its address.</summary>
public sealed class GrantRequired
{
    public static GrantRequired Instance { get; } = new();
}
