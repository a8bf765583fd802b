namespace Outrider.Api.Operations.People;

/// <summary>A provider that vouches for users.</summary>
/// <param name="Id">Its id in addresses.</param>
/// <param name="Name">For people.</param>
public sealed record SignInProvider(string Id, string Name);
