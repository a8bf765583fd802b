using Outrider.Grains.Tenancy;

namespace Outrider.Api.Rest.Requests;

/// <summary>A new user.</summary>
/// <param name="Name">3 to 50 letters, digits, '-', '_' or '.'; upper and lower case are the same; never changes.</param>
/// <param name="Role">viewer, operator or admin; platform for a platform user.</param>
/// <param name="DisplayName">For people; the name if it is left out.</param>
/// <param name="Identity">What sign-in providers call them, such as an e-mail address.</param>
/// <param name="Password">12 to 128 characters; if it is left out, they are invited to choose one.</param>
public sealed record UserRequest(string Name, Role Role, string? DisplayName = null, string? Identity = null, string? Password = null);
