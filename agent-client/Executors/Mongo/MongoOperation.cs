using System.Text.Json;

namespace Outrider.Agent.Executors.Mongo;

/// <summary>One operation of a task of type <c>mongo</c>. Its documents are extended JSON, and stay text.</summary>
/// <param name="Index">Counts from 1.</param>
/// <param name="Kind"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Collection">Its name.</param>
/// <param name="Json">The operation as it was given.</param>
internal sealed record MongoOperation(int Index, string Kind, string Collection, JsonElement Json);
