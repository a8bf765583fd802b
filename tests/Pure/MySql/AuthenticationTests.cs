using System.Security.Cryptography;
using System.Text;
using Outrider.MySql;
using Outrider.MySql.Authentication;

namespace Outrider.Tests.Pure.MySql;

public sealed class AuthenticationTests
{
    private static readonly byte[] s_nonce = [.. Enumerable.Range(1, 20).Select(n => (byte)n)];

    [Fact]
    public void NativePassword_KnownVector_Matches()
    {
        // Computed with Python's hashlib.
        var answer = NativePassword.Scramble("secret", s_nonce);

        Assert.Equal("b32bb3a583e1340c0a1108d58b1be49781ad8c2f", Convert.ToHexStringLower(answer));
        Assert.True(NativePassword.Verify("secret", s_nonce, answer));
        Assert.False(NativePassword.Verify("secret2", s_nonce, answer));
        Assert.False(NativePassword.Verify("secret", s_nonce, []));
        Assert.True(NativePassword.Verify("", s_nonce, []));
    }

    [Fact]
    public void CachingSha2_KnownVector_Matches()
    {
        // Computed with Python's hashlib.
        var answer = CachingSha2Password.Scramble("secret", s_nonce);
        var fingerprint = CachingSha2Password.Fingerprint("secret");

        Assert.Equal("746ebe205d56a0707acb3e796e834e0dd7b1d61743b26bd5202c7a623230c7c9", Convert.ToHexStringLower(answer));
        Assert.Equal("3881219d087dd9c634373fd33dfa33a2cb6bfc6c520b64b8bb60ef2ceb534ae7", Convert.ToHexStringLower(fingerprint));
        Assert.True(CachingSha2Password.Verify(fingerprint, s_nonce, answer));
        Assert.False(CachingSha2Password.Verify(CachingSha2Password.Fingerprint("other"), s_nonce, answer));
        Assert.False(CachingSha2Password.Verify(fingerprint, s_nonce, answer.AsSpan(1)));
    }

    [Fact]
    public void CachingSha2_RsaExchange_RoundTrips()
    {
        using var key = RSA.Create(2048);
        var pem = Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem());

        var encrypted = CachingSha2Password.Encrypt("pässword", s_nonce, pem);

        Assert.Equal("pässword", CachingSha2Password.Decrypt(encrypted, s_nonce, key));
        Assert.Null(CachingSha2Password.Decrypt([1, 2, 3], s_nonce, key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void CachingSha2_NotAKey_IsAProtocolError(string pem) => Assert.Throws<MySqlProtocolException>(
        () => CachingSha2Password.Encrypt("secret", s_nonce, Encoding.ASCII.GetBytes(pem)));
}
