using System.Text.Json;
using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Api;

/// <summary>The params of an <c>api</c> task.</summary>
/// <param name="Url">Where to; http or https.</param>
/// <param name="Headers">Beside those that the client makes itself.</param>
/// <param name="Body">A string is sent as it is, anything else as JSON; null: none.</param>
/// <param name="FollowRedirects">Whether up to <see cref="ApiExecutor.MaxRedirects"/> redirects are followed, each of them checked like the first URL.</param>
/// <param name="VerifyTls">False: the server's certificate isn't checked, if the policy lets that be.</param>
/// <param name="MaxBody">Most bytes to read of the answer; null: the policy's limit.</param>
internal sealed record ApiParams(
    string Url, Dictionary<string, string?>? Headers = null, JsonElement? Body = null, bool FollowRedirects = false, bool VerifyTls = true, long? MaxBody = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ApiParams))]
internal sealed partial class ApiJson : JsonSerializerContext;
