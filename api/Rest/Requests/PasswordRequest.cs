namespace Outrider.Api.Rest.Requests;

/// <summary>Another password.</summary>
/// <param name="Current">The password of now.</param>
/// <param name="Password">12 to 128 characters.</param>
public sealed record PasswordRequest(string Current, string Password);
