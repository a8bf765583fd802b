namespace Outrider.Api.Rest.Requests;

/// <summary>A secret. Nobody is shown it again.</summary>
/// <param name="Value">Its value.</param>
public sealed record SecretRequest(string Value)
{
    /// <summary>Hides the value.</summary>
    public override string ToString() => nameof(SecretRequest);
}
