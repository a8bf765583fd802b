using System.Text.Json;
using Outrider.Api.Auth;
using Outrider.Silo.Standalone.Configuration;

namespace Outrider.Tests.Boundary.Standalone;

/// <summary>The setting <c>oauth</c>.</summary>
public sealed class OAuthSettingTests : IDisposable
{
    private const string Provider = """
        "id": "company", "name": "Company", "client_id": "outrider", "client_secret": "hidden", "token_url": "https://id.example/token",
        "userinfo_url": "https://id.example/userinfo"
        """;

    private const string One = "{" + Provider + """, "authorization_url": "https://id.example/authorize"}""";
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_FromFileOrVariable_IsTheSame()
    {
        var inFile = Read("{\"oauth\": [" + One + "]}", null, out var errors);
        Assert.Empty(errors);
        var inVariable = Read("{}", "[" + One + "]", out errors);
        Assert.Empty(errors);

        var provider = Assert.Single(inFile);
        Assert.Equal(("company", "https://id.example/authorize", "hidden", "email"), (provider.Id, provider.AuthorizationUrl, provider.ClientSecret, provider.IdentityClaim));
        Assert.Equal(["openid", "email"], provider.Scopes);
        Assert.Equal(JsonSerializer.Serialize(inFile), JsonSerializer.Serialize(inVariable));
    }

    [Theory]
    [InlineData("{" + Provider + "}", "authorization_url")]
    [InlineData("{" + Provider + """, "authorization_url": "id.example"}""", "id.example")]
    [InlineData("{" + Provider + """, "authorization_url": "https://id.example/", "typo": 1}""", "typo")]
    [InlineData(One + "," + One, "same id")]
    [InlineData("""{"id": "a b", "name": "", "client_id": "x", "client_secret": "hidden", "token_url": "", "userinfo_url": "", "authorization_url": ""}""", "an id of")]
    [InlineData("7", "object")]
    public void Read_Wrong_SaysWhatAndNoSecret(string providers, string expected)
    {
        Read("{\"oauth\": [" + providers + "]}", null, out var errors);

        var error = Assert.Single(errors);
        Assert.Contains("'oauth'", error);
        Assert.Contains(expected, error);
        Assert.DoesNotContain("hidden", error);
    }

    private IReadOnlyList<OAuthProvider> Read(string file, string? variable, out List<string> errors)
    {
        File.WriteAllText(_file, file);
        var variables = new Dictionary<string, string>();
        if (variable is not null)
            variables["OUTRIDER_OAUTH"] = variable;
        return StandaloneConfiguration.Reader.Read(_file, variables, [], out errors).OAuth;
    }
}
