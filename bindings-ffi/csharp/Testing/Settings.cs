using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Skifteportal.Testing
{
    /// <summary>A value of the sandbox's JSON. netstandard2.0 has no reader of JSON but the one that makes XML of it.</summary>
    internal sealed class Settings
    {
        private readonly XElement value;
        private readonly string pointer;

        private Settings(XElement value, string pointer)
        {
            this.value = value;
            this.pointer = pointer;
        }

        internal static Settings Read(string file)
        {
            byte[] json = File.ReadAllBytes(file);
            using (var reader = JsonReaderWriterFactory.CreateJsonReader(json, XmlDictionaryReaderQuotas.Max))
            {
                return new Settings(XElement.Load(reader), "");
            }
        }

        /// <summary>An object of texts.</summary>
        internal static string Written(params (string Name, string Value)[] members)
        {
            var stream = new MemoryStream();
            using (var writer = JsonReaderWriterFactory.CreateJsonWriter(stream, new UTF8Encoding(false)))
            {
                writer.WriteStartElement("root");
                writer.WriteAttributeString("type", "object");
                foreach (var member in members)
                {
                    writer.WriteElementString(member.Name, member.Value);
                }
                writer.WriteEndElement();
            }
            return Encoding.UTF8.GetString(stream.ToArray());
        }

        /// <summary>What a JSON pointer names below this.</summary>
        internal Settings At(string below)
        {
            return below.Split('/').Skip(1).Aggregate(this, (whole, name) => whole.Member(name));
        }

        internal string Text()
        {
            return value.HasElements ? throw None(pointer) : value.Value;
        }

        internal IEnumerable<(string Name, string Value)> Texts()
        {
            return value.Elements().Select(one => (Name(one), one.Value));
        }

        private Settings Member(string name)
        {
            bool list = (string?)value.Attribute("type") == "array";
            var found = list
                ? value.Elements().Skip(int.TryParse(name, out int index) ? index : int.MaxValue).FirstOrDefault()
                : value.Elements().FirstOrDefault(one => Name(one) == name);
            string place = pointer + "/" + name;
            return new Settings(found ?? throw None(place), place);
        }

        /// <summary>A name that is none in XML stands in an attribute.</summary>
        private static string Name(XElement member)
        {
            return member.Name.NamespaceName == "item" ? (string)member.Attribute("item") : member.Name.LocalName;
        }

        private static ArgumentException None(string place)
        {
            return new ArgumentException("the sandbox has no setting " + place);
        }
    }
}
