namespace Outrider.Api.Auth;

/// <summary>Marks an endpoint that only a proven caller reaches.</summary>
public sealed class CallerRequired
{
    public static CallerRequired Instance { get; } = new();
}
