export default function ActivePage() {
  return null;
}
