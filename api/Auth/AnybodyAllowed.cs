namespace Outrider.Api.Auth;

/// <summary>Marks an endpoint that needs no credential: it is where one is got.</summary>
public sealed class AnybodyAllowed
{
    public static AnybodyAllowed Instance { get; } = new();
}
