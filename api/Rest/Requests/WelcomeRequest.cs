namespace Outrider.Api.Rest.Requests;

/// <summary>Accepts an invitation.</summary>
/// <param name="Token">What stands behind the '#' of its link.</param>
/// <param name="Password">12 to 128 characters.</param>
/// <param name="Name">Of the first platform user, whose link names nobody (<c>oli.~.~.…</c>); otherwise left out.</param>
public sealed record WelcomeRequest(string Token, string Password, string? Name = null);
