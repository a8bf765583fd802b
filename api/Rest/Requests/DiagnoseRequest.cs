using System.Text.Json;

namespace Outrider.Api.Rest.Requests;

/// <summary>A question to an expert.</summary>
/// <param name="Expert">Its name, as GET /api/v1/experts lists it.</param>
/// <param name="Arguments">By name: strings, numbers or booleans.</param>
/// <param name="Fresh">True: don't answer from the cache.</param>
public sealed record DiagnoseRequest(string Expert, Dictionary<string, JsonElement>? Arguments = null, bool Fresh = false);
