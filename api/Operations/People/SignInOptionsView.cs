namespace Outrider.Api.Operations.People;

/// <summary>How one may sign in here.</summary>
/// <param name="SetupRequired">Whether there is no platform user yet: the centre printed a link that makes the first one when it started.</param>
public sealed record SignInOptionsView(bool SetupRequired, IReadOnlyList<SignInProvider> Providers);
