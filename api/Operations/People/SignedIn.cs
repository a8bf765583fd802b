using Outrider.Protocol.Credentials;

namespace Outrider.Api.Operations.People;

/// <summary>A session that was opened by signing in.</summary>
/// <param name="Session">What proves it from now on.</param>
public sealed record SignedIn(SessionView View, Credential Session);
