using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Skifteportal.Tests.Vectors
{
    /// <summary>JSON as the vectors compare it.</summary>
    internal static class Json
    {
        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        internal static JsonElement Parse(string text)
        {
            using (var document = JsonDocument.Parse(text))
            {
                return document.RootElement.Clone();
            }
        }

        /// <summary>JSON of dictionaries, lists, texts, numbers, elements.</summary>
        internal static JsonElement Of(object? value) => Parse(JsonSerializer.Serialize(value));

        internal static Dictionary<string, object?> Object(params (string Name, object? Value)[] members)
        {
            return members.ToDictionary(member => member.Name, member => member.Value);
        }

        /// <summary>Whether two are the same; the order of members and the width of numbers are nothing.</summary>
        internal static bool Same(JsonElement one, JsonElement other)
        {
            if (one.ValueKind != other.ValueKind)
            {
                return false;
            }
            switch (one.ValueKind)
            {
                case JsonValueKind.Object:
                    var members = one.EnumerateObject().ToList();
                    return members.Count == other.EnumerateObject().Count()
                        && members.All(m => other.TryGetProperty(m.Name, out var value) && Same(m.Value, value));
                case JsonValueKind.Array:
                    return one.GetArrayLength() == other.GetArrayLength()
                        && one.EnumerateArray().Zip(other.EnumerateArray(), Same).All(same => same);
                case JsonValueKind.Number:
                    return one.GetRawText() == other.GetRawText() || one.GetDecimal() == other.GetDecimal();
                case JsonValueKind.String:
                    return one.GetString() == other.GetString();
                default:
                    return true;
            }
        }

        internal static byte[] Bytes(JsonElement value)
        {
            return value.ValueKind == JsonValueKind.String
                ? Encoding.UTF8.GetBytes(value.GetString()!)
                : Convert.FromBase64String(value.GetProperty("base64").GetString()!);
        }

        /// <summary>Bytes as the vectors write them.</summary>
        internal static object Shown(byte[] bytes)
        {
            try
            {
                return Strict.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                return Object(("base64", Convert.ToBase64String(bytes)));
            }
        }
    }

    /// <summary>The members of an input. Each must be asked for: one that is not known is a mistake in the file.</summary>
    internal sealed class Members
    {
        private readonly JsonElement element;
        private readonly HashSet<string> asked = new HashSet<string>();
        private readonly List<Members> inner = new List<Members>();

        internal Members(JsonElement element)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidOperationException("no object: " + element.ValueKind);
            }
            this.element = element;
        }

        internal IEnumerable<string> Names => element.EnumerateObject().Select(member => member.Name);

        internal JsonElement? Optional(string name)
        {
            asked.Add(name);
            return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
                ? value
                : (JsonElement?)null;
        }

        internal JsonElement Get(string name)
        {
            return Optional(name) ?? throw new InvalidOperationException(name + " is missing");
        }

        internal string Text(string name) => Get(name).GetString()!;

        internal string? OptionalText(string name) => Optional(name)?.GetString();

        internal long Long(string name) => Get(name).GetInt64();

        internal int Int(string name) => Get(name).GetInt32();

        internal bool Flag(string name) => Optional(name)?.GetBoolean() ?? false;

        internal byte[] Bytes(string name) => Json.Bytes(Get(name));

        internal List<string> Texts(string name) => List(name).Select(text => text.GetString()!).ToList();

        internal List<JsonElement> List(string name)
        {
            return Optional(name)?.EnumerateArray().ToList() ?? new List<JsonElement>();
        }

        internal Members? OptionalMembers(string name)
        {
            var value = Optional(name);
            return value == null ? null : Of(name);
        }

        internal Members Of(string name)
        {
            var members = new Members(Get(name));
            inner.Add(members);
            return members;
        }

        /// <summary>Checks that nothing was passed over.</summary>
        internal void End()
        {
            var left = Names.Where(name => !asked.Contains(name)).ToList();
            if (left.Count > 0)
            {
                throw new InvalidOperationException("nobody knows the members " + string.Join(", ", left));
            }
            inner.ForEach(members => members.End());
        }
    }
}
