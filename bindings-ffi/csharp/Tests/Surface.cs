using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Skifteportal.Tests
{
    /// <summary>What an assembly offers to those who use it, a line for each type and each member.</summary>
    internal static class Surface
    {
        private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        private static readonly Dictionary<Type, string> Keywords = new Dictionary<Type, string>
        {
            [typeof(void)] = "void",
            [typeof(object)] = "object",
            [typeof(string)] = "string",
            [typeof(bool)] = "bool",
            [typeof(byte)] = "byte",
            [typeof(short)] = "short",
            [typeof(int)] = "int",
            [typeof(long)] = "long",
            [typeof(double)] = "double",
            [typeof(decimal)] = "decimal",
        };

        internal static IEnumerable<string> Of(Assembly assembly)
        {
            foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                yield return Head(type);
                foreach (string member in Members(type).OrderBy(line => line, StringComparer.Ordinal))
                {
                    yield return "    " + member;
                }
            }
        }

        private static string Head(Type type)
        {
            string bases = string.Join(", ", Bases(type));
            string name = type.Namespace + "." + Nested(type);
            return Kind(type) + " " + name + (bases.Length == 0 ? "" : " : " + bases);
        }

        private static string Kind(Type type)
        {
            if (type.IsEnum)
            {
                return "enum";
            }
            if (typeof(Delegate).IsAssignableFrom(type))
            {
                return "delegate";
            }
            if (type.IsInterface)
            {
                return "interface";
            }
            if (type.IsValueType)
            {
                return "struct";
            }
            return type.IsAbstract && type.IsSealed ? "static class"
                : type.IsAbstract ? "abstract class"
                : type.IsSealed ? "sealed class" : "class";
        }

        private static IEnumerable<string> Bases(Type type)
        {
            if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
            {
                return Enumerable.Empty<string>();
            }
            var above = type.BaseType;
            var inherited = above?.GetInterfaces() ?? Type.EmptyTypes;
            var own = type.GetInterfaces().Except(inherited).Where(one => one.IsVisible).Select(Name);
            var named = above == null || above == typeof(object) || above == typeof(ValueType)
                ? Enumerable.Empty<string>()
                : new[] { Name(above) };
            return named.Concat(own.OrderBy(name => name, StringComparer.Ordinal));
        }

        private static IEnumerable<string> Members(Type type)
        {
            if (type.IsEnum)
            {
                return Enum.GetNames(type).Select(name => name + " = " + Convert.ToInt64(Enum.Parse(type, name)));
            }
            if (typeof(Delegate).IsAssignableFrom(type))
            {
                return new[] { Signature(type.GetMethod("Invoke")!) };
            }
            var methods = type.GetMethods(Declared).Where(one => Open(one) && (!one.IsSpecialName || IsOperator(one)));
            return type.GetConstructors(Declared).Where(Open).Select(one => Reach(one) + Parameters("new", one))
                .Concat(methods.Select(Signature))
                .Concat(type.GetProperties(Declared).Where(one => one.GetAccessors(true).Any(Open)).Select(Property))
                .Concat(type.GetFields(Declared).Where(Open).Select(Field))
                .Concat(type.GetEvents(Declared).Where(one => Open(one.AddMethod!))
                    .Select(one => "event " + Name(one.EventHandlerType!) + " " + one.Name));
        }

        private static bool IsOperator(MethodBase method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

        private static bool Open(MethodBase method) =>
            method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

        private static bool Open(FieldInfo field) =>
            field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

        private static string Reach(MethodBase method)
        {
            string reach = method.IsPublic ? "" : "protected ";
            return method.IsStatic ? reach + "static "
                : method.DeclaringType!.IsInterface || !method.IsVirtual ? reach
                : method.IsAbstract ? reach + "abstract "
                : method is MethodInfo one && one.GetBaseDefinition() != one ? reach + "override "
                : method.IsFinal ? reach
                : reach + "virtual ";
        }

        private static string Signature(MethodInfo method)
        {
            string generic = method.IsGenericMethod
                ? "<" + string.Join(", ", method.GetGenericArguments().Select(Name)) + ">"
                : "";
            return Reach(method) + Name(method.ReturnType) + " " + Parameters(method.Name + generic, method);
        }

        private static string Parameters(string name, MethodBase method) =>
            name + "(" + string.Join(", ", method.GetParameters().Select(Parameter)) + ")";

        private static string Parameter(ParameterInfo parameter)
        {
            string how = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";
            string by = parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "";
            return how + Name(parameter.ParameterType) + " " + parameter.Name + by;
        }

        private static string Property(PropertyInfo property)
        {
            var accessors = property.GetAccessors(true).Where(Open).ToArray();
            string how = string.Concat(accessors
                .Select(one => (one.IsPublic ? "" : "protected ") + (one.ReturnType == typeof(void) ? "set; " : "get; ")));
            var index = property.GetIndexParameters();
            string name = index.Length == 0
                ? property.Name
                : "this[" + string.Join(", ", index.Select(Parameter)) + "]";
            string reach = Reach(accessors[0]).Replace("protected ", "");
            return reach + Name(property.PropertyType) + " " + name + " { " + how + "}";
        }

        private static string Field(FieldInfo field)
        {
            string how = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            string reach = field.IsPublic ? "" : "protected ";
            string value = field.IsLiteral ? " = " + field.GetRawConstantValue() : "";
            return reach + how + Name(field.FieldType) + " " + field.Name + value;
        }

        private static string Name(Type type)
        {
            if (type.IsByRef)
            {
                return Name(type.GetElementType()!);
            }
            if (type.IsArray)
            {
                return Name(type.GetElementType()!) + "[]";
            }
            var inner = Nullable.GetUnderlyingType(type);
            if (inner != null)
            {
                return Name(inner) + "?";
            }
            return Keywords.TryGetValue(type, out string? keyword) ? keyword : Nested(type);
        }

        /// <summary>The name without its namespace, within the types that it is nested in.</summary>
        private static string Nested(Type type)
        {
            if (type.IsGenericParameter)
            {
                return type.Name;
            }
            string name = type.Name.Split('`')[0];
            if (type.IsGenericType)
            {
                name += "<" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ">";
            }
            return type.IsNested ? Nested(type.DeclaringType!) + "." + name : name;
        }
    }
}
