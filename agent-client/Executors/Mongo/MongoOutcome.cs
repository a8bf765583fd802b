using System.Text.Json.Serialization;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>What the script says of one operation; counts that it doesn't have are null.</summary>
internal sealed record MongoOutcome(
    int Index, long? Inserted = null, long? Matched = null, long? Modified = null, long? Upserted = null, long? Deleted = null,
    string? Error = null, double? ElapsedMs = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MongoOutcome))]
internal sealed partial class MongoJson : JsonSerializerContext;
