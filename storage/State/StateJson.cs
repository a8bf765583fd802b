using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Outrider.Storage.State;

/// <summary>How every host writes grain state: JSON that a person can read and that survives added and removed members.</summary>
public static class StateJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>UTF-8 bytes of a value.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>A value from its UTF-8 bytes.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <exception cref="StorageException">They are damaged.</exception>
    public static T Read<T>(byte[] json, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new StorageException($"The saved {what} is damaged: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            // NaN and the infinities, which JSON has no numbers for.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new JsonStringEnumConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullBeMissing } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A member that is null isn't written, so it can't be required when it is read.</summary>
    private static void LetNullBeMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired && property.IsSetNullable))
            property.IsRequired = false;
    }
}
