namespace Outrider.Api.Operations.People;

/// <summary>What a caller has proven itself by.</summary>
public enum SessionKind
{
    /// <summary>A user's session.</summary>
    User,

    /// <summary>An API key of a tenant.</summary>
    ApiKey,

    /// <summary>The platform key.</summary>
    PlatformKey,
}
