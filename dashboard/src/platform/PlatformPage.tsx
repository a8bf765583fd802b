export default function PlatformPage() {
  return null;
}
