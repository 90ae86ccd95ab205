// Announcing needs no WebRTC, and the real package needs a compiler.
export const RTCPeerConnection = null
export const RTCSessionDescription = null
export const RTCIceCandidate = null
