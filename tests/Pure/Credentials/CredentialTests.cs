using Outrider.Protocol.Credentials;

namespace Outrider.Tests.Pure.Credentials;

public sealed class CredentialTests
{
    [Theory]
    [InlineData(CredentialKind.Session, "acme", "ada", "0a1b2c")]
    [InlineData(CredentialKind.Session, "~", "ada.lovelace.2", "0a1b2c")]
    [InlineData(CredentialKind.Invitation, "acme", "ada.lovelace", "")]
    [InlineData(CredentialKind.Invitation, "~", "~", "")]
    public void TryParse_OfAUser_ReadsWhatTextWrote(CredentialKind kind, string tenant, string user, string id)
    {
        var credential = Credential.Create(kind, tenant, id, new byte[32]) with { User = user };

        Assert.True(Credential.TryParse(credential.Text, out var read));
        Assert.Equal(credential, read);
        Assert.DoesNotContain(credential.Secret, credential.ToString());
    }

    [Theory]
    [InlineData("oru.acme.ada.secret")]
    [InlineData("oru..ada.id.secret")]
    [InlineData("oru.acme.ada.id.")]
    [InlineData("oli.acme.secret")]
    [InlineData("oli.acme.ada.")]
    [InlineData("olx.acme.ada.secret")]
    public void TryParse_APartMissing_IsNone(string text) => Assert.False(Credential.TryParse(text, out _));
}
